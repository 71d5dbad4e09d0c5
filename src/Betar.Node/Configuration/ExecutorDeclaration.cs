namespace Betar.Node.Configuration;

/// <summary>What does an agent's work: a kind, and which of that kind.</summary>
/// <param name="Kind">In this version always <c>builtin</c>.</param>
/// <param name="Name">For <c>builtin</c>: <c>echo</c> or <c>math</c>.</param>
public sealed record ExecutorDeclaration(string Kind, string Name);
