namespace Betar.Sdk;

/// <summary>Limits of a client.</summary>
public sealed class BetarClientOptions
{
    /// <summary>How long one answer may take; the work of an agent can be long. Default 5 minutes.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(5);
}
