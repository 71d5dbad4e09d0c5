using Betar.Node.Configuration;

namespace Betar.Node.Demo;

/// <summary>The three agents of the demo's fleet.</summary>
internal static class DemoAgents
{
    public static IReadOnlyList<AgentDeclaration> All { get; } =
    [
        new()
        {
            Name = "alpha", Description = "Answers with what it was told.", Price = 1_000, Executor = new ExecutorDeclaration("builtin", "echo"),
        },
        new()
        {
            Name = "math", Description = "Exact arithmetic.", Price = 2_500, Executor = new ExecutorDeclaration("builtin", "math"),
        },
        new()
        {
            Name = "careful", Description = "As alpha, but a task that a crash interrupted is refunded.", Price = 500,
            Executor = new ExecutorDeclaration("builtin", "echo"), MayRetry = false,
        },
    ];
}
