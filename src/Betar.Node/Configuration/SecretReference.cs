namespace Betar.Node.Configuration;

/// <summary>How settings name a secret without holding it.</summary>
internal static class SecretReference
{
    public const string Environment = "env:";
    public const string File = "file:";
    public const string Keystore = "keystore:";

    private static readonly string[] Written = [Environment, File, Keystore];

    public static bool IsOne(string text) => Written.Any(prefix => text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>For clear text of a file: good only inside the process that read it. No kept secret has a slash in its name.</summary>
    public static string OfAgent(string agent, string field) => $"{Keystore}agents/{agent}/{field}";

    /// <summary>For a key that came as an option: the same.</summary>
    public static string OfNode(string field) => $"{Keystore}node/{field}";
}
