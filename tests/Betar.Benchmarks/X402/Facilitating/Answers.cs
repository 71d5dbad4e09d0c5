namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>What facilitators of both kinds say when all is well.</summary>
internal static class Answers
{
    public const string Valid = "\"isValid\":true";
    public const string Settled = "\"success\":true";
}
