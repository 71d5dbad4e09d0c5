namespace Betar.Node.Configuration;

/// <summary>What does an agent's work: a kind, which of that kind, and its settings.</summary>
/// <param name="Kind"><c>builtin</c>, <c>llm</c>, <c>http</c>, <c>process</c>, <c>mcp</c> or <c>dotnet</c>.</param>
/// <param name="Name">For <c>builtin</c> and <c>dotnet</c> the name; for the others what is called, for people to read.</param>
/// <param name="Settings">A JSON object with references to secrets, never a secret.</param>
public sealed record ExecutorDeclaration(string Kind, string Name, string Settings = "{}");
