import Machinery

/// Classes of devices, and rules that taint devices.
package struct DeviceClassValidation: Sendable {
    private static let spec = FieldPath("spec")
    private static let maximumConditions = 8

    private let expressions: any ExpressionChecking

    package init(expressions: any ExpressionChecking) {
        self.expressions = expressions
    }

    /// - Parameter old: expressions and configurations it has already are not judged by limits that came later.
    package func validate(_ deviceClass: DeviceClass, from old: DeviceClass? = nil) -> [FieldError] {
        let given = deviceClass.spec
        var errors = DeviceCheck.selectors(
            given.selectors, isStored: old?.spec.selectors == given.selectors, expressions,
            at: Self.spec.child("selectors"))
        let isStored = old?.spec.config == given.config
        errors += DeviceCheck.list(
            given.config, atMost: DeviceCheck.maximumConfigurations, at: Self.spec.child("config")
        ) { configuration, place in
            DeviceCheck.configuration(configuration.opaque, isStored: isStored, at: place)
        }
        if let name = given.extendedResourceName, !Self.isExtendedResource(name) {
            errors.append(
                .invalid(
                    Self.spec.child("extendedResourceName"), name, "must be a valid extended resource name"))
        }
        return errors
    }

    /// Resources of other domains than Kubernetes' own.
    private static func isExtendedResource(_ name: String) -> Bool {
        isNative(name) || name.hasPrefix("requests.") ? false : Names.qualifiedName("requests.\(name)").isEmpty
    }

    static func isNative(_ name: String) -> Bool {
        guard let slash = name.firstIndex(of: "/") else { return true }
        return name[...slash].hasSuffix("kubernetes.io/")
    }

    // MARK: Taint rules

    package static func validate(_ rule: DeviceTaintRule, from old: DeviceTaintRule? = nil) -> [FieldError] {
        var errors: [FieldError] = []
        if let selector = rule.spec.deviceSelector {
            let place = spec.child("deviceSelector")
            if let driver = selector.driver { errors += DeviceCheck.driver(driver, at: place.child("driver")) }
            if let pool = selector.pool { errors += DeviceCheck.pool(pool, at: place.child("pool")) }
            if let device = selector.device { errors += DeviceCheck.label(device, at: place.child("device")) }
        }
        return errors
            + DeviceCheck.taint(
                DeviceTaint(json: rule.spec.taint.json),
                from: old.map { DeviceTaint(json: $0.spec.taint.json) }, at: spec.child("taint"))
    }

    package static func validateStatus(_ rule: DeviceTaintRule) -> [FieldError] {
        let path = FieldPath("status").child("conditions")
        return Check.conditions(rule.status.conditions, at: path)
            + Check.atMost(maximumConditions, rule.status.conditions.count, at: path)
    }
}
