using Betar.Crypto;
using Betar.Ethereum.Keys;

namespace Betar.Ethereum;

/// <summary>
/// Tells whether an account signed a digest: by its key or, where that is allowed, by asking the contract that it is. An account with code is
/// never judged by a key as well.
/// </summary>
public sealed class SignatureChecks
{
    const uint IsValidSignature = 0x1626ba7e;

    readonly IChainClient _chain;
    readonly SignatureCheckOptions _options;

    public SignatureChecks(IChainClient chain, SignatureCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        _chain = chain;
        _options = options ?? new SignatureCheckOptions();
        if (_options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
    }

    /// <summary>What the wallet itself takes once it exists: the signature inside of ERC-6492's wrapping, or the whole where it is not wrapped.</summary>
    public static byte[] Unwrap(ReadOnlySpan<byte> signature) =>
        WrappedSignature.IsWrapped(signature) && WrappedSignature.TryRead(signature) is { } wrapped ? wrapped.Inner : signature.ToArray();

    public async Task<SignatureVerdict> IsValidAsync(Address signer, Hash32 digest, ReadOnlyMemory<byte> signature, CancellationToken cancellationToken)
    {
        if (signature.Length > _options.MaxSignatureBytes)
            return SignatureVerdict.Malformed($"it is longer than {_options.MaxSignatureBytes} bytes");
        if (WrappedSignature.IsWrapped(signature.Span))
            return await AskUndeployedAsync(signer, digest, signature, cancellationToken).ConfigureAwait(false);
        if (!_options.AllowContractWallets)
            return CheckKey(signer, digest, signature.Span);
        try
        {
            // Without code there is nobody to ask; with code the contract decides, and not a key that it may have had.
            var code = await _chain.GetCodeAsync(signer, cancellationToken).ConfigureAwait(false);
            return code.Length == 0
                ? CheckKey(signer, digest, signature.Span)
                : await AskAsync(new CallRequest(signer, Question(digest, signature.Span)), IsMagic, cancellationToken).ConfigureAwait(false);
        }
        catch (ChainUnavailableException fault)
        {
            return SignatureVerdict.Unavailable(fault.Message);
        }
    }

    async Task<SignatureVerdict> AskUndeployedAsync(Address signer, Hash32 digest, ReadOnlyMemory<byte> signature, CancellationToken cancellationToken)
    {
        if (!_options.AllowUndeployedWallets)
            return new SignatureVerdict(SignatureFault.NotAllowed, "signatures of wallets that are yet to be created are not taken");
        if (WrappedSignature.TryRead(signature.Span) is not { } wrapped)
            return SignatureVerdict.Malformed("its wrapping cannot be read");
        if (!_options.AllowedFactories.Contains(wrapped.Factory))
            return new SignatureVerdict(SignatureFault.FactoryNotAllowed, $"{wrapped.Factory} is no factory that may create wallets here");
        return await AskAsync(SignatureProbe.Call(signer, digest, wrapped), IsOne, cancellationToken).ConfigureAwait(false);
    }

    async Task<SignatureVerdict> AskAsync(CallRequest call, Func<byte[], bool> agrees, CancellationToken cancellationToken)
    {
        var outcome = await _chain.CallAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.TryGetValue(out var answer))
            return agrees(answer) ? SignatureVerdict.Valid : SignatureVerdict.Invalid("the wallet does not agree to it");
        return outcome.Error is { IsRevert: true } ? SignatureVerdict.Invalid("the wallet refuses to look at it") : SignatureVerdict.Unavailable(outcome.Describe());
    }

    SignatureVerdict CheckKey(Address signer, Hash32 digest, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != PrivateKey.SignatureSize)
            return _options.AllowContractWallets
                ? SignatureVerdict.Invalid("it is no key's, and the account is no contract")
                : new SignatureVerdict(SignatureFault.NotAllowed, "signatures of contracts are not taken");
        var recovery = signature[^1] >= 27 ? signature[^1] - 27 : signature[^1];
        if (recovery is not (0 or 1) || UInt256.ReadBigEndian(signature.Slice(32, 32)) > LowS.Max)
            return SignatureVerdict.Malformed("its v is none of 0, 1, 27 and 28, or its s is high");
        Span<byte> publicKey = stackalloc byte[PrivateKey.PublicKeySize];
        return Secp256k1.TryRecover(digest.ToArray(), signature[..64], recovery, publicKey) && Address.FromPublicKey(publicKey) == signer
            ? SignatureVerdict.Valid
            : SignatureVerdict.Invalid($"it is not of {signer}");
    }

    static byte[] Question(Hash32 digest, ReadOnlySpan<byte> signature) => AbiWriter.Call(IsValidSignature, 2).Add(digest).AddBytes(signature).ToArray();

    // A bytes4 stands at the front of its word.
    static bool IsMagic(byte[] answer) =>
        answer.Length >= AbiWriter.WordSize && AbiReader.TryReadSelector(answer, out var magic) && magic == IsValidSignature
        && !answer.AsSpan(AbiWriter.SelectorSize, AbiWriter.WordSize - AbiWriter.SelectorSize).ContainsAnyExcept((byte)0);

    static bool IsOne(byte[] answer) => answer.Length == AbiWriter.WordSize && UInt256.ReadBigEndian(answer) == UInt256.One;
}
