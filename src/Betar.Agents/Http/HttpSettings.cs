namespace Betar.Agents.Http;

/// <summary>A webhook that does an agent's work.</summary>
internal sealed record HttpSettings
{
    public string Url { get; set; } = "";

    /// <summary>A reference to the secret that signs every request; empty: requests are not signed.</summary>
    public string Secret { get; set; } = "";

    /// <summary>More headers: values or references to secrets.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>True: the webhook promises that the same task twice does no harm.</summary>
    public bool Idempotent { get; set; }

    /// <summary>Times that a request which failed for now is made again; only of an idempotent webhook.</summary>
    public int Retries { get; set; } = 2;

    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Largest answer in bytes.</summary>
    public int MaxAnswerBytes { get; set; } = 1_048_576;

    public int BreakAfter { get; set; } = 5;

    public int BreakSeconds { get; set; } = 30;

    /// <summary>True lets it call this machine and its own network.</summary>
    public bool AllowPrivate { get; set; }
}
