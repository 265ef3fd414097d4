package dev.pgwire.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    private final LongFunction<String> place;
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    /** With what tells where a line of the source stands for the reader. */
    SnippetCompiler(LongFunction<String> place) {
        this.place = place;
    }

    /** A class, loaded. */
    Class<?> compile(String name, String source) throws IOException, ClassNotFoundException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-classpath", System.getProperty("java.class.path"), "-proc:none", "-parameters", "-Xlint:deprecation");
        boolean done;
        try (JavaFileManager files =
                new Memory(compiler.getStandardFileManager(diagnostics, Locale.ROOT, null), classes)) {
            done = compiler.getTask(null, files, diagnostics, options, null, List.of(new Source(name, source)))
                    .call();
        }
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

        Memory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
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
