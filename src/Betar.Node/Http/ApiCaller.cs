namespace Betar.Node.Http;

/// <summary>Who asks: a token's name, or nobody in particular on this machine.</summary>
/// <param name="Name">Distinguishes callers whose idempotency keys must not meet.</param>
/// <param name="Role">The most that it may do.</param>
internal sealed record ApiCaller(string Name, ApiRole Role)
{
    public static ApiCaller Anonymous { get; } = new("", ApiRole.Read);

    /// <summary>A script of the original, whose spending is capped.</summary>
    public static ApiCaller Legacy { get; } = new("legacy", ApiRole.Spend);

    public bool IsCapped => ReferenceEquals(this, Legacy);

    public bool IsAnonymous => ReferenceEquals(this, Anonymous);
}
