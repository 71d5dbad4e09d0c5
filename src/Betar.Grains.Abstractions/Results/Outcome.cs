using System.Diagnostics.CodeAnalysis;

namespace Betar.Grains.Abstractions.Results;

/// <summary>Either a value or a refusal; never both, never neither.</summary>
[GenerateSerializer, Immutable, Alias("betar.outcome`1")]
public sealed record Outcome<T>
{
    [Id(0)] public T? Value { get; init; }
    [Id(1)] public Refusal? Refusal { get; init; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Refusal is null;

    public static implicit operator Outcome<T>(T value) => new() { Value = value };

    public static implicit operator Outcome<T>(Refusal refusal) => new() { Refusal = refusal };
}
