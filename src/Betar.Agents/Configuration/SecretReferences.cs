namespace Betar.Agents.Configuration;

/// <summary>How a reference to a secret looks: where it is, a colon, and its name there.</summary>
internal static class SecretReferences
{
    private static readonly string[] s_places = ["env:", "file:", "keystore:", "agents:", "node:"];

    public static bool IsReference(string text) => s_places.Any(place => text.StartsWith(place, StringComparison.Ordinal));
}
