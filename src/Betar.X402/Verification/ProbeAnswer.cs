namespace Betar.X402.Verification;

/// <summary>Makes the three kinds of <see cref="ProbeAnswer{T}"/>.</summary>
public static class ProbeAnswer
{
    public static ProbeAnswer<T> Of<T>(T value) => new(ProbeStatus.Answered, value);

    public static ProbeAnswer<T> Reverted<T>() => new(ProbeStatus.Reverted, default);

    public static ProbeAnswer<T> Unreachable<T>() => new(ProbeStatus.Unreachable, default);
}
