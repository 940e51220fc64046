/// The tables below `/debug/api_priority_and_fairness`, columns as in Kubernetes: values separated by commas, aligned.
package enum FlowDump {
    package static func priorityLevels(_ metrics: FlowMetrics) -> String {
        var rows = [
            [
                "PriorityLevelName", "ActiveQueues", "IsIdle", "IsQuiescing", "WaitingRequests", "ExecutingRequests",
                "DispatchedRequests", "RejectedRequests", "TimedoutRequests", "CancelledRequests",
            ]
        ]
        for level in metrics.levels {
            rows.append([
                level.name, "\(level.busyQueues)", "\(level.isIdle)", "\(level.isQuiescing)", "\(level.waiting)",
                "\(level.executing)", "\(level.dispatched)", "\(level.rejected)", "\(level.timedOut)",
                "\(level.cancelled)",
            ])
        }
        return table(rows)
    }

    package static func queues(_ metrics: FlowMetrics) -> String {
        var rows = [
            [
                "PriorityLevelName", "Index", "PendingRequests", "ExecutingRequests", "SeatsInUse", "NextDispatchR",
                "TotalWorkSum",
            ]
        ]
        for level in metrics.levels {
            for (index, queue) in level.queues.enumerated() {
                rows.append([
                    level.name, "\(index)", "\(queue.waiting)", "\(queue.executing)", "\(queue.seatsInUse)",
                    "\(queue.nextStart)", "\(queue.waitingWork)",
                ])
            }
        }
        return table(rows)
    }

    private static func table(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.utf8.count + 2)
            }
        }
        var text = ""
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == row.count - 1 {
                    text += cell + "\n"
                } else {
                    text += cell + "," + String(repeating: " ", count: widths[column] - cell.utf8.count - 1)
                }
            }
        }
        return text
    }
}
