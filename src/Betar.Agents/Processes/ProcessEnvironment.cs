using Betar.Agents.Secrets;

namespace Betar.Agents.Processes;

/// <summary>What a program gets of the node's environment: what its settings name, and nothing else.</summary>
internal static class ProcessEnvironment
{
    public static Dictionary<string, string>? Of(IEnumerable<string> inherit, IReadOnlyDictionary<string, string> own, ISecretSource secrets, out string missing)
    {
        if (secrets.Resolve(own, out missing) is not { } resolved)
            return null;
        foreach (string name in inherit)
            if (!resolved.ContainsKey(name) && Environment.GetEnvironmentVariable(name) is { } value)
                resolved[name] = value;
        return resolved;
    }
}
