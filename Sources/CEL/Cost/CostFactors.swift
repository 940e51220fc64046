/// The units of cel-go's cost model.
enum CostFactors {
    /// A variable, or one selection from it.
    static let selection: UInt64 = 1
    static let listCreation: UInt64 = 10
    static let mapCreation: UInt64 = 30
    static let structureCreation: UInt64 = 40
    /// Of each character that is looked at.
    static let traversal = 0.1
    /// Of each character of a pattern, for each unit of the text.
    static let pattern = 0.25
    /// A question to the authorizer: two of them fit into one expression.
    static let authorizerCheck: UInt64 = 350_000
    /// Half a requirement for each character of a selector, and a structure and a list for each requirement.
    static let requirementsPerCharacter = 0.5
    static let requirement = Double(listCreation + structureCreation)
}
