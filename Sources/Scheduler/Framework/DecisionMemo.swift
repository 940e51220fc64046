/// What filters, and trials of preemption, said of each node for the last template of pods.
///
/// An answer holds as long as the node's generation does. It is only kept and used where every active filter looks at
/// the node alone: then pods of one template get the same answer, and of a burst of them each costs one comparison
/// per node (the opportunistic batching of KEP-5598, without its need for full nodes).
struct DecisionMemo: Sendable {
    /// One verdict, as few as there are different ones.
    private struct Verdict: Sendable {
        let status: FilterStatus
        let plugin: PluginSet
        let isResolvable: Bool

        init(_ status: FilterStatus, _ plugin: PluginSet) {
            self.status = status
            self.plugin = plugin
            if case .unschedulable = status { isResolvable = true } else { isResolvable = false }
        }
    }

    /// How often each verdict was met in one search.
    struct Tally {
        fileprivate var counts: [Int]
    }

    private static let maximumVerdicts = 250

    /// Kept alive, so that its identity stays its own.
    private var demands: PodDemands?
    private var priority: Int32 = 0
    private var skipped: PluginSet = []
    private var devices: DeviceQuestion?
    /// By slot, the generation plus one; 0 where nothing is known.
    private var generations: [UInt64] = []
    private var verdicts: [UInt8] = []
    private var table: [Verdict] = []
    /// By slot, once there was one; the generation is kept as above.
    private var trials: [(generation: UInt64, trial: PreemptionTrial?)] = []

    /// Prepares for a pod; whatever concerns another template is forgotten.
    /// - Returns: whether answers may be kept for this pod at all.
    mutating func begin(_ pod: PodInfo, _ state: CycleState, slots: Int) -> Bool {
        guard state.looksAtNodesOnly else { return false }
        let isSame =
            demands === pod.demands && skipped == state.skippedFilters && priority == pod.priority
            && devices == state.devices?.question
        if !isSame {
            demands = pod.demands
            devices = state.devices?.question
            skipped = state.skippedFilters
            priority = pod.priority
            generations = []
            verdicts = []
            table = [Verdict(.success, [])]
            trials = []
        }
        if generations.count < slots {
            generations += [UInt64](repeating: 0, count: slots - generations.count)
            verdicts += [UInt8](repeating: 0, count: slots - verdicts.count)
        }
        return true
    }

    /// Whether the node fits; `nil` where that is not known.
    @inline(__always)
    func fits(_ slot: Int, _ generation: UInt64) -> Bool? {
        generations[slot] == generation &+ 1 ? verdicts[slot] == 0 : nil
    }

    func makeTally() -> Tally { Tally(counts: [Int](repeating: 0, count: table.count)) }

    /// Counts the refusal of a node of which `fits` said no.
    /// - Returns: whether other pods' going away could help.
    @inline(__always)
    func count(_ slot: Int, in tally: inout Tally) -> Bool {
        let index = Int(verdicts[slot])
        if index >= tally.counts.count {
            tally.counts += [Int](repeating: 0, count: index + 1 - tally.counts.count)
        }
        tally.counts[index] += 1
        return table[index].isResolvable
    }

    /// Adds the reasons of what was counted.
    func explain(_ tally: Tally, in diagnosis: inout Diagnosis) {
        for (index, count) in tally.counts.enumerated() where count > 0 {
            diagnosis.count(table[index].status, by: table[index].plugin, times: count)
        }
    }

    mutating func keep(_ slot: Int, _ generation: UInt64, _ status: FilterStatus, _ plugin: PluginSet) {
        var index = 0
        if !status.isSuccess {
            if let known = table.firstIndex(where: { $0.status == status }) {
                index = known
            } else if table.count < Self.maximumVerdicts {
                index = table.count
                table.append(Verdict(status, plugin))
            } else {
                return
            }
        }
        generations[slot] = generation &+ 1
        verdicts[slot] = UInt8(index)
    }

    /// What a trial of preemption on the node came to.
    func trial(_ slot: Int, _ generation: UInt64, for pod: PodInfo) -> PreemptionTrial? {
        guard pod.demands === demands, pod.priority == priority, slot < trials.count,
            trials[slot].generation == generation &+ 1
        else { return nil }
        return trials[slot].trial
    }

    mutating func keep(_ trial: PreemptionTrial, _ slot: Int, _ generation: UInt64, for pod: PodInfo) {
        guard pod.demands === demands, pod.priority == priority else { return }
        if slot >= trials.count {
            trials += Array(repeating: (0, nil), count: max(slot + 1, generations.count) - trials.count)
        }
        trials[slot] = (generation &+ 1, trial)
    }
}

extension CycleState {
    /// Whether no active filter looks at anything but the node it is asked about.
    var looksAtNodesOnly: Bool {
        spreading == nil && podAffinity == nil && volumes == nil && (devices == nil || devices?.question != nil)
            && exclusiveClaims.isEmpty && volumeLimits == nil && volumeZones.isEmpty
    }
}
