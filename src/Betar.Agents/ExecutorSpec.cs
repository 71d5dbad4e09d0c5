namespace Betar.Agents;

/// <summary>Which executor does an agent's work, as its spec names it.</summary>
/// <param name="Kind"><c>builtin</c>, <c>llm</c>, <c>http</c>, <c>process</c>, <c>mcp</c> or <c>dotnet</c>.</param>
/// <param name="Target">For <c>builtin</c> and <c>dotnet</c> the name; for the others a short name of what is called, for people to read.</param>
/// <param name="Config">A JSON object with the settings of the kind. It holds references to secrets, never a secret.</param>
/// <param name="Description">The agent's own, which an <c>llm</c> without a system prompt works by.</param>
public readonly record struct ExecutorSpec(string Kind, string Target, string Config = ExecutorSpec.NoConfig, string Description = "")
{
    public const string NoConfig = "{}";
}
