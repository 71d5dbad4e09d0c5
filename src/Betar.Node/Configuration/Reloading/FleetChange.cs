namespace Betar.Node.Configuration.Reloading;

/// <summary>What a new reading changes about one agent.</summary>
/// <param name="Kind"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Fields">Of a changed one: name, old and new value.</param>
internal sealed record FleetChange(string Kind, string AgentId, string Name, IReadOnlyList<(string Field, string From, string To)> Fields);
