using Betar.Agents.Configuration;

namespace Betar.Agents.Secrets;

/// <summary>Puts secrets where their references stand, at the moment of a call.</summary>
internal static class SecretValues
{
    /// <summary>The values by name, or the name of the first whose secret is not there.</summary>
    public static Dictionary<string, string>? Resolve(this ISecretSource secrets, IReadOnlyDictionary<string, string> values, out string missing)
    {
        missing = "";
        Dictionary<string, string> resolved = new(StringComparer.Ordinal);
        foreach ((string name, string value) in values)
        {
            if ((SecretReferences.IsReference(value) ? secrets.Find(value) : value) is not { } found)
            {
                missing = name;
                return null;
            }
            resolved[name] = found;
        }
        return resolved;
    }

    public static ExecutionOutcome Missing(string where) =>
        ExecutionOutcome.Failed(ExecutionCodes.SecretMissing, $"The secret of {where} is not there.");
}
