package dev.pgwire.docs;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a class against the class path of the tests, in memory. */
final class SnippetCompiler {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /** One for all, since it keeps the jars open that it has looked into. */
    private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, Locale.ROOT, null);

    private static final List<String> OPTIONS = List.of(
            "-classpath", System.getProperty("java.class.path"), "-proc:none", "-parameters", "-Xlint:deprecation");

    private final LongFunction<String> place;
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    /** With what tells where a line of the source stands for the reader. */
    SnippetCompiler(LongFunction<String> place) {
        this.place = place;
    }

    /** A class, loaded. */
    Class<?> compile(String name, String source) throws ClassNotFoundException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        boolean done = COMPILER.getTask(
                        null, new Memory(classes), diagnostics, OPTIONS, null, List.of(new Source(name, source)))
                .call();
        String messages = diagnostics.getDiagnostics().stream()
                .filter(one -> one.getKind() != Diagnostic.Kind.NOTE)
                .map(one -> place.apply(one.getLineNumber()) + ": " + one.getMessage(Locale.ROOT))
                .collect(Collectors.joining("\n"));
        if (!done || !messages.isEmpty()) {
            throw new AssertionError(messages);
        }
        return new Loader().loadClass(name);
    }

    private final class Loader extends ClassLoader {
        Loader() {
            super(SnippetCompiler.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        Memory(Map<String, ByteArrayOutputStream> classes) {
            super(FILES);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(name, bytes);
                    return bytes;
                }
            };
        }
    }
}
