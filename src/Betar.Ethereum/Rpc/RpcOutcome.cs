namespace Betar.Ethereum;

/// <summary>Makes outcomes: for clients of other transports and for tests.</summary>
public static class RpcOutcome
{
    public static RpcOutcome<T> Value<T>(T value) => RpcOutcome<T>.Of(value);

    public static RpcOutcome<T> Error<T>(RpcError error) => RpcOutcome<T>.Failed(error);

    public static RpcOutcome<T> Unreachable<T>(string? detail = null) => RpcOutcome<T>.Failed(RpcStatus.Unreachable, detail);

    public static RpcOutcome<T> TimedOut<T>() => RpcOutcome<T>.Failed(RpcStatus.TimedOut, null);

    public static RpcOutcome<T> NoAgreement<T>(string detail) => RpcOutcome<T>.Failed(RpcStatus.NoAgreement, detail);

    public static RpcOutcome<T> InvalidResponse<T>(string detail) => RpcOutcome<T>.Failed(RpcStatus.InvalidResponse, detail);
}
