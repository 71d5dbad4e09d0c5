using System.Diagnostics.CodeAnalysis;

namespace Betar.Ethereum;

/// <summary>A node's answer, or why there is none. The default value is an unreachable node, never a success.</summary>
public readonly struct RpcOutcome<T>
{
    readonly T? _value;
    readonly string? _detail;

    RpcOutcome(RpcStatus status, T? value, RpcError? error, string? detail) =>
        (Status, _value, Error, _detail) = (status, value, error, detail);

    public RpcStatus Status { get; }

    public bool IsValue => Status == RpcStatus.Value;

    /// <summary>Throws when there is none: ask <see cref="TryGetValue"/> or <see cref="Status"/> first.</summary>
    public T Value => IsValue ? _value! : throw new InvalidOperationException($"The call has no value: {Describe()}");

    /// <summary>The node's error when <see cref="Status"/> is <see cref="RpcStatus.Error"/>, otherwise null.</summary>
    public RpcError? Error { get; }

    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return IsValue;
    }

    /// <summary>One sentence for people; carries no part of the request.</summary>
    public string Describe() => Status switch
    {
        RpcStatus.Value => "answered",
        RpcStatus.Error => $"the node answered error {Error!.Code}: {Error.RevertReason ?? Error.Message}",
        RpcStatus.TimedOut => "the node did not answer in time",
        RpcStatus.InvalidResponse => $"the node's answer cannot be read: {_detail}",
        RpcStatus.NoAgreement => $"the nodes do not agree: {_detail}",
        _ => $"the node cannot be reached: {_detail ?? "no connection"}",
    };

    /// <summary>The same failure for another type of value.</summary>
    public RpcOutcome<TOther> As<TOther>() => IsValue
        ? throw new InvalidOperationException("A success has no failure to pass on.")
        : new RpcOutcome<TOther>(Status, default, Error, _detail);

    internal static RpcOutcome<T> Of(T value) => new(RpcStatus.Value, value, null, null);

    internal static RpcOutcome<T> Failed(RpcError error) => new(RpcStatus.Error, default, error, null);

    internal static RpcOutcome<T> Failed(RpcStatus status, string? detail) => new(status, default, null, detail);
}
