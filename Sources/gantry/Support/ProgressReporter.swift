import Foundation
import Synchronization

/// Tells the person who waits, or the command that waits for them, what is done.
final class ProgressReporter: Sendable {
    private let descriptor: Mutex<Int32?>

    init(descriptor: Int32?) {
        self.descriptor = Mutex(descriptor)
        // Whoever waited may have gone.
        signal(SIGPIPE, SIG_IGN)
    }

    func report(_ step: String) {
        let line = Array((step + "\n").utf8)
        FileHandle.standardError.write(Data(line))
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return }
            if write(open, line, line.count) < 0 || step == "ready" || step.hasPrefix("failed") {
                close(open)
                descriptor = nil
            }
        }
    }
}
