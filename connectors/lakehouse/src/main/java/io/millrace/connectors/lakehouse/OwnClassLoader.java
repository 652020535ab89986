package io.millrace.connectors.lakehouse;

/**
 * While it is open, the thread's context class loader is that of this module: Iceberg's threads and registries take it over,
 * and they outlive the task that happens to use them first, whose own loader Flink closes.
 */
final class OwnClassLoader implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    OwnClassLoader() {
        thread.setContextClassLoader(OwnClassLoader.class.getClassLoader());
    }

    @Override
    public void close() {
        thread.setContextClassLoader(before);
    }
}
