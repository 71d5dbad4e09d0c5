using Betar.Agents.Configuration;

namespace Betar.Agents.Secrets;

/// <summary>Secrets of the environment and of files, for a host that has no others.</summary>
public sealed class EnvironmentSecrets : ISecretSource
{
    public bool IsReference(string text) => SecretReferences.IsReference(text);

    public string? Find(string reference)
    {
        int colon = reference.IndexOf(':', StringComparison.Ordinal);
        string name = reference[(colon + 1)..];
        return reference[..Math.Max(colon, 0)] switch
        {
            "env" => Environment.GetEnvironmentVariable(name),
            "file" when File.Exists(name) => File.ReadAllText(name).TrimEnd('\r', '\n'),
            _ => null,
        };
    }
}
