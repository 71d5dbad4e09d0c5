using System.Diagnostics.CodeAnalysis;

namespace Betar.X402.Protocol;

/// <summary>What a parser of foreign bytes found: a message, or why there is none.</summary>
public readonly struct Parsed<T>
    where T : class
{
    private Parsed(T? value, string? fault)
    {
        Value = value;
        Fault = fault;
    }

    public T? Value { get; }

    /// <summary>A sentence without any of the foreign text, fit for a log and for an answer.</summary>
    public string? Fault { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsOk => Value is not null;

    internal static Parsed<T> Ok(T value) => new(value, null);

    internal static Parsed<T> Refused(string fault) => new(null, fault);
}
