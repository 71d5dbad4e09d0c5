namespace Betar.Contracts.Tests.Support;

/// <summary>The time that sellers and buyers see: that of the chain when they were last told.</summary>
internal sealed class ChainTime : TimeProvider
{
    internal ulong Seconds { get; set; }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds((long)Seconds);
}
