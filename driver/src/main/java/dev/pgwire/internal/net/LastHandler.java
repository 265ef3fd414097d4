package dev.pgwire.internal.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;

/**
 * A handler that passes nothing on by itself, being the last as long as it is there; what must not get lost its subclasses
 * pass on. Netty's own adapter marks what it does not handle with annotations, and
 * the first that is read costs a start as much as a hundred classes.
 */
abstract class LastHandler implements ChannelInboundHandler {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {}

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {}

    @Override
    public void channelRegistered(ChannelHandlerContext context) {}

    @Override
    public void channelUnregistered(ChannelHandlerContext context) {}

    @Override
    public void channelActive(ChannelHandlerContext context) {}

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {}

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {}

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {}

    @Override
    @SuppressWarnings("deprecation") // Netty deprecates it for handlers of what is sent.
    public abstract void exceptionCaught(ChannelHandlerContext context, Throwable cause);
}
