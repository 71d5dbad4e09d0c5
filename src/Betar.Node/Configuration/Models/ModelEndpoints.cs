namespace Betar.Node.Configuration.Models;

/// <summary>Where models are asked by default, and which.</summary>
internal static class ModelEndpoints
{
    public const string Google = "google";
    public const string OpenAi = "openai";

    public const string OpenAiUrl = "https://api.openai.com/v1";
    public const string OpenAiModel = "gpt-4o-mini";

    /// <summary>Google's own endpoint for clients of OpenAI's.</summary>
    public const string GoogleUrl = "https://generativelanguage.googleapis.com/v1beta/openai";
    public const string GoogleModel = "gemini-2.5-flash";

    /// <summary>Two ways to write one address: with and without a slash at its end.</summary>
    public static bool AreSame(string left, string right) =>
        Uri.TryCreate(left, UriKind.Absolute, out var one) && Uri.TryCreate(right, UriKind.Absolute, out var other)
        && string.Equals(one.AbsoluteUri.TrimEnd('/'), other.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);
}
