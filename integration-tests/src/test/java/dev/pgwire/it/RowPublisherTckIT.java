package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.async.RowPublisher;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import org.testng.annotations.AfterClass;

/** The Technology Compatibility Kit of Reactive Streams, before a real server. It runs by its own runner, within one test. */
class RowPublisherTckIT {
    /** All that the kit can test of a publisher; what it knows that it can not is skipped. */
    private static final int TESTS = 31;

    private static final String UNTESTABLE = "untested_";

    @Test
    void theCompatibilityKitOfReactiveStreamsPasses() {
        TestListenerAdapter heard = new TestListenerAdapter();
        TestNG kit = new TestNG(false);
        kit.setVerbose(0);
        kit.setTestClasses(new Class<?>[] {Verification.class});
        kit.addListener(heard);
        kit.run();
        List<String> failed = new ArrayList<>();
        heard.getConfigurationFailures().forEach(result -> failed.add(shown(result)));
        heard.getFailedTests().forEach(result -> failed.add(shown(result)));
        heard.getSkippedTests().stream()
                .filter(result -> !result.getName().startsWith(UNTESTABLE))
                .forEach(result -> failed.add(shown(result)));
        assertEquals(List.of(), failed);
        int passed = heard.getPassedTests().size();
        System.out.println(passed + " tests of the kit have passed");
        assertTrue(passed >= TESTS, () -> "only " + passed + " tests have run");
    }

    private static String shown(ITestResult result) {
        return result.getName() + ": " + result.getThrowable();
    }

    /** Run by the kit's own runner. */
    public static final class Verification extends FlowPublisherVerification<Row> {
        private static final int TIMEOUT_MILLIS = 1_000;
        private static final int SILENCE_MILLIS = 100;
        private static final long MOST_DROPPED = 1_000_000;

        private final LoopLane lane = new LoopLane();
        private final LoopSession session = lane.open("");

        public Verification() {
            super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS));
        }

        @Override
        public Flow.Publisher<Row> createFlowPublisher(long elements) {
            // What is left of a stream that is cancelled is dropped, which takes its time where the kit asks for all
            // there are.
            return publisher(
                    elements > MOST_DROPPED ? lane.open("") : session, "SELECT generate_series(1, $1)", elements);
        }

        @Override
        public Flow.Publisher<Row> createFailedFlowPublisher() {
            return publisher(session, "SELECT 1 / $1", 0L);
        }

        private static Flow.Publisher<Row> publisher(LoopSession runs, String sql, long value) {
            return RowPublisher.rows(runs, () -> runs.stream(sql, new Object[] {value}, null));
        }

        @AfterClass
        public void close() {
            lane.close();
        }
    }
}
