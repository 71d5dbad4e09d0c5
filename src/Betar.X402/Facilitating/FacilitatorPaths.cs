namespace Betar.X402.Facilitating;

/// <summary>Names of the endpoints and of what goes with them.</summary>
public static class FacilitatorPaths
{
    public const string Verify = "verify";
    public const string Settle = "settle";
    public const string Supported = "supported";
    public const string Discovery = "discovery/resources";
    public const string Health = "health";
    public const string Ready = "ready";

    /// <summary>Tells a caller's repeat from somebody else's replay; facilitators that do not know it ignore it.</summary>
    public const string AttemptHeader = "Idempotency-Key";

    public const int MaxAttemptLength = 128;
}
