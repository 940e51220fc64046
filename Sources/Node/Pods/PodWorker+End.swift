extension PodWorker {
    /// Returns when a container has ended or is gone, or the task is cancelled.
    package func waitForEnd(of id: String) async {
        let bell = Doorbell()
        let number = state.withLock { state in
            state.nextObserver += 1
            state.observers[state.nextObserver] = bell
            return state.nextObserver
        }
        defer { state.withLock { _ = $0.observers.removeValue(forKey: number) } }
        while true {
            let isOver = withMachine { machine in
                let record = machine.containers.values.lazy.flatMap { $0 }.first { $0.id == id }
                return record?.hasEnded ?? true
            }
            if isOver { return }
            await bell.wait()
            if Task.isCancelled { return }
        }
    }
}
