namespace Betar.Agents.Configuration;

/// <summary>How a reference to a secret looks.</summary>
internal static class SecretReferences
{
    public static bool IsReference(string text) =>
        text.StartsWith("env:", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.Ordinal) || text.StartsWith("keystore:", StringComparison.Ordinal);
}
