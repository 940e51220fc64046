import Machinery

extension InternetAddress {
    /// An IPv4 address that can be an endpoint or a Service's: loopback, multicast and the like cannot. Text from objects
    /// goes through this type before it may become part of a rule.
    var isServable: Bool {
        is4 && !isLoopback && bits >> 24 != 0 && bits >> 28 < 14
    }
}
