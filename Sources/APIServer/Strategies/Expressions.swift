import KubeAPI

/// What compiles the expressions in objects before they are stored.
enum Expressions {
    static let shared: any ExpressionChecking = ExpressionCompiler()
}
