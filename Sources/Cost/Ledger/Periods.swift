/// Charges by when they came about: by the minute lately, then by the hour, then by the day, then only as a sum.
///
/// Each charge stands in exactly one period. The number of periods and of accounts in each is bounded.
package struct Periods: Codable, Hashable, Sendable {
    package struct Bucket: Codable, Hashable, Sendable {
        package fileprivate(set) var accounts: [Account: Charge] = [:]
        /// What the nodes cost in this time: what the charges must add up to.
        package var price = 0.0

        /// Accounts beyond which strange ones share one; clients can invent models and classes.
        static let accountLimit = 512

        mutating func add(_ charge: Charge, to account: Account) {
            accounts[place(account), default: Charge()] += charge
        }

        /// Where an account's charges are in this bucket.
        func place(_ account: Account) -> Account {
            if accounts[account] != nil || accounts.count < Self.accountLimit { return account }
            let folded = account.folded
            if accounts[folded] != nil || accounts.count < 2 * Self.accountLimit { return folded }
            return account.collapsed
        }

        mutating func change<Result>(_ account: Account, _ body: (inout Charge) -> Result) -> Result? {
            let place = place(account)
            guard var charge = accounts.removeValue(forKey: place) else { return nil }
            let result = body(&charge)
            accounts[place] = charge
            return result
        }

        mutating func merge(_ other: Bucket) {
            price += other.price
            for (account, charge) in other.accounts { add(charge, to: account) }
        }
    }

    static let minute = 60.0
    static let hour = 3600.0
    static let day = 86_400.0
    static let minutesKept = 90.0
    static let hoursKept = 72.0
    static let daysKept = 92.0

    /// By the second at which each begins.
    package private(set) var minutes: [Int: Bucket] = [:]
    package private(set) var hours: [Int: Bucket] = [:]
    package private(set) var days: [Int: Bucket] = [:]
    /// All that is longer ago, with nothing but its use left of each account.
    package private(set) var earlier = Bucket()
    /// Before these moments, periods are longer.
    private var firstMinute = 0.0
    private var firstHour = 0.0
    private var firstDay = 0.0

    package init() {}

    /// Makes older periods longer ones.
    mutating func roll(to now: Double) {
        firstMinute = max(firstMinute, Self.begin(of: now - Self.minutesKept * Self.minute, Self.hour))
        firstHour = max(firstHour, Self.begin(of: now - Self.hoursKept * Self.hour, Self.day))
        firstDay = max(firstDay, Self.begin(of: now - Self.daysKept * Self.day, Self.day))
        for (start, bucket) in minutes where Double(start) < firstMinute {
            minutes[start] = nil
            hours[Int(Self.begin(of: Double(start), Self.hour)), default: Bucket()].merge(bucket)
        }
        for (start, bucket) in hours where Double(start) < firstHour {
            hours[start] = nil
            days[Int(Self.begin(of: Double(start), Self.day)), default: Bucket()].merge(bucket)
        }
        for (start, bucket) in days where Double(start) < firstDay {
            days[start] = nil
            earlier.price += bucket.price
            for (account, charge) in bucket.accounts { earlier.add(charge, to: Account(account.use)) }
        }
    }

    private static func begin(of moment: Double, _ length: Double) -> Double {
        (moment / length).rounded(.down) * length
    }

    private func length(at moment: Double) -> Double {
        moment >= firstMinute ? Self.minute : moment >= firstHour ? Self.hour : Self.day
    }

    /// Cuts a time at the borders of periods.
    func pieces(from start: Double, to end: Double) -> [(start: Double, end: Double)] {
        var pieces: [(start: Double, end: Double)] = []
        var place = start
        while place < end {
            let length = length(at: place)
            let next = min(end, Self.begin(of: place, length) + length)
            pieces.append((place, next))
            place = next
        }
        return pieces
    }

    /// Changes a period in place.
    mutating func change<Result>(_ moment: Double, _ body: (inout Bucket) -> Result) -> Result {
        let start = Int(Self.begin(of: moment, length(at: moment)))
        if moment >= firstMinute { return body(&minutes[start, default: Bucket()]) }
        if moment >= firstHour { return body(&hours[start, default: Bucket()]) }
        return body(&days[start, default: Bucket()])
    }

    /// The beginnings of the periods with charges that reach into a time, and of its last, the latest first.
    func starts(from start: Double, to end: Double) -> [Double] {
        let starts = pieces(from: start, to: end).reversed().map(\.start)
        return starts.enumerated().filter { $0.offset == 0 || hasCharges($0.element) }.map(\.element)
    }

    private func hasCharges(_ moment: Double) -> Bool {
        let start = Int(Self.begin(of: moment, length(at: moment)))
        if moment >= firstMinute { return minutes[start] != nil }
        return moment >= firstHour ? hours[start] != nil : days[start] != nil
    }

    /// Goes over the charges of all periods that reach into the time since a moment.
    ///
    /// Returns when the first of them begins, and the price of the nodes in all of them.
    package func each(
        since moment: Double?, _ body: (Account, Charge) -> Void
    ) -> (from: Double?, price: Double) {
        var from: Double?
        var price = 0.0
        func take(_ bucket: Bucket) {
            price += bucket.price
            for (account, charge) in bucket.accounts { body(account, charge) }
        }
        if moment == nil { take(earlier) }
        for (buckets, length) in [(minutes, Self.minute), (hours, Self.hour), (days, Self.day)] {
            for (start, bucket) in buckets where moment.map({ Double(start) + length > $0 }) ?? true {
                from = min(from ?? Double(start), Double(start))
                take(bucket)
            }
        }
        return (from, price)
    }
}
