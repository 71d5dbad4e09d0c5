namespace Betar.Ethereum;

/// <summary>A token with EIP-3009, such as USDC: its reads, and the calls to it as bytes.</summary>
public sealed class Eip3009Token(IChainClient chain, Address address)
{
    /// <summary>Enough for any transfer of USDC, first payment to a new account included.</summary>
    public const ulong TransferGasLimit = 150_000;

    public Address Address { get; } = address;

    public Task<RpcOutcome<UInt256>> BalanceOfAsync(Address account, CancellationToken cancellationToken) =>
        ReadAsync(EncodeBalanceOf(account), static (ref AbiReader r, out UInt256 v) => r.TryReadUInt256(out v), cancellationToken);

    /// <summary>True when the authorisation was used or cancelled.</summary>
    public Task<RpcOutcome<bool>> AuthorizationStateAsync(Address authorizer, Hash32 nonce, CancellationToken cancellationToken) =>
        ReadAsync(EncodeAuthorizationState(authorizer, nonce), static (ref AbiReader r, out bool v) => r.TryReadBool(out v), cancellationToken);

    public Task<RpcOutcome<string>> NameAsync(CancellationToken cancellationToken) =>
        ReadAsync<string>(Plain(TokenAbi.Name), ReadString, cancellationToken);

    public Task<RpcOutcome<string>> VersionAsync(CancellationToken cancellationToken) =>
        ReadAsync<string>(Plain(TokenAbi.Version), ReadString, cancellationToken);

    public Task<RpcOutcome<byte>> DecimalsAsync(CancellationToken cancellationToken) =>
        ReadAsync(Plain(TokenAbi.Decimals), static (ref AbiReader r, out byte v) => r.TryReadByte(out v), cancellationToken);

    public Task<RpcOutcome<Hash32>> DomainSeparatorAsync(CancellationToken cancellationToken) =>
        ReadAsync(Plain(TokenAbi.DomainSeparator), static (ref AbiReader r, out Hash32 v) => r.TryReadHash32(out v), cancellationToken);

    /// <summary>Whether the settlement would succeed now; a revert is the error with its reason.</summary>
    public Task<RpcOutcome<byte[]>> SimulateTransferAsync(SignedTransferAuthorization authorization, Address? sender, CancellationToken cancellationToken) =>
        chain.SimulateAsync(Settle(authorization).ToCallRequest(sender), cancellationToken);

    /// <summary>The settlement of an authorisation, for whoever pays the gas. Signatures of contract wallets take the bytes overload.</summary>
    public ContractCall Settle(SignedTransferAuthorization authorization) => Settle(Address, authorization);

    /// <inheritdoc cref="Settle(SignedTransferAuthorization)"/>
    public static ContractCall Settle(Address token, SignedTransferAuthorization authorization)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        var data = authorization.Signature.Length == TokenAbi.SignatureSize
            ? EncodeTransferWithAuthorization(authorization)
            : EncodeTransferWithAuthorizationBytes(authorization);
        return new ContractCall(token, data, TransferGasLimit);
    }

    /// <summary>The overload with v, r, s (0xe3ee160e); needs a signature of 65 bytes.</summary>
    public static byte[] EncodeTransferWithAuthorization(SignedTransferAuthorization authorization)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        if (authorization.Signature.Length != TokenAbi.SignatureSize)
            throw new ArgumentException("A signature of 65 bytes is needed.", nameof(authorization));
        return Terms(AbiWriter.Call(TokenAbi.TransferWithAuthorizationVrs, 9), authorization)
            .Add((ulong)authorization.Signature[64])
            .AddWord(authorization.Signature.AsSpan(0, 32))
            .AddWord(authorization.Signature.AsSpan(32, 32))
            .ToArray();
    }

    /// <summary>The overload with the signature as bytes (0xcf092995).</summary>
    public static byte[] EncodeTransferWithAuthorizationBytes(SignedTransferAuthorization authorization)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        return Terms(AbiWriter.Call(TokenAbi.TransferWithAuthorizationBytes, 7), authorization)
            .AddBytes(authorization.Signature)
            .ToArray();
    }

    /// <param name="signature">The authorizer's over the cancellation: r ‖ s ‖ v.</param>
    public static byte[] EncodeCancelAuthorization(Address authorizer, Hash32 nonce, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != TokenAbi.SignatureSize)
            throw new ArgumentException("A signature of 65 bytes is needed.", nameof(signature));
        return AbiWriter.Call(TokenAbi.CancelAuthorization, 5)
            .Add(authorizer)
            .Add(nonce)
            .Add((ulong)signature[64])
            .AddWord(signature[..32])
            .AddWord(signature[32..64])
            .ToArray();
    }

    public static byte[] EncodeTransfer(Address to, UInt256 value) => AbiWriter.Call(TokenAbi.Transfer, 2).Add(to).Add(value).ToArray();

    public static byte[] EncodeBalanceOf(Address account) => AbiWriter.Call(TokenAbi.BalanceOf, 1).Add(account).ToArray();

    public static byte[] EncodeAuthorizationState(Address authorizer, Hash32 nonce) =>
        AbiWriter.Call(TokenAbi.AuthorizationState, 2).Add(authorizer).Add(nonce).ToArray();

    static AbiWriter Terms(AbiWriter writer, SignedTransferAuthorization authorization) => writer
        .Add(authorization.From)
        .Add(authorization.To)
        .Add(authorization.Value)
        .Add(authorization.ValidAfter)
        .Add(authorization.ValidBefore)
        .Add(authorization.Nonce);

    static byte[] Plain(uint selector) => AbiWriter.Call(selector, 0).ToArray();

    static bool ReadString(ref AbiReader reader, out string value) => reader.TryReadString(TokenAbi.MaxStringBytes, out value);

    async Task<RpcOutcome<T>> ReadAsync<T>(byte[] data, Read<T> read, CancellationToken cancellationToken)
    {
        var outcome = await chain.CallAsync(new CallRequest(Address, data), cancellationToken).ConfigureAwait(false);
        return outcome.TryGetValue(out var bytes) ? Decode(bytes, read) : outcome.As<T>();
    }

    static RpcOutcome<T> Decode<T>(byte[] bytes, Read<T> read)
    {
        var reader = new AbiReader(bytes);
        return read(ref reader, out var value)
            ? RpcOutcome.Value(value)
            : RpcOutcome.InvalidResponse<T>("the call's result is not what the token's interface promises");
    }

    delegate bool Read<T>(ref AbiReader reader, out T value);
}
