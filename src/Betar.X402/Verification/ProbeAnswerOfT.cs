namespace Betar.X402.Verification;

/// <summary>A chain's answer, its refusal to answer, or its silence.</summary>
public readonly record struct ProbeAnswer<T>
{
    internal ProbeAnswer(ProbeStatus status, T? value)
    {
        Status = status;
        Value = value;
    }

    public ProbeStatus Status { get; }

    public T? Value { get; }
}
