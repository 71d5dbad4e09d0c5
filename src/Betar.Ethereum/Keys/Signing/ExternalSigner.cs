using System.Buffers;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum.Eip712;

namespace Betar.Ethereum.Keys;

/// <summary>
/// A program that keeps the key and asks its owner, spoken to as clef is: <c>account_signTypedData</c> and
/// <c>account_signTransaction</c>. What it answers is checked: it must be this account's signature over exactly what was asked.
/// </summary>
public sealed class ExternalSigner : ISigner
{
    readonly RpcLane _lane;
    readonly ExternalSignerOptions _options;

    public ExternalSigner(HttpClient http, Uri endpoint, Address address, ExternalSignerOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(endpoint);
        _options = options ?? new ExternalSignerOptions();
        if (_options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        Address = address;
        _lane = new RpcLane(
            http, endpoint, new JsonRpcOptions { MaxBatch = 1, MaxConcurrentRequests = 8, MaxResponseBytes = _options.MaxResponseBytes }, time ?? TimeProvider.System);
    }

    public Address Address { get; }

    public async Task<SignerOutcome<byte[]>> SignTypedDataAsync(TypedData data, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("account_signTypedData", writer =>
        {
            writer.WriteStringValue(Address.ToString());
            TypedDataJson.Write(writer, data);
        }, cancellationToken).ConfigureAwait(false);
        if (answer.Status != RpcStatus.Value)
            return Failed<byte[]>(answer);
        return RpcResults.TryRead<byte[]>(answer.Result, RpcResults.Data, out var signature) && TrySettle(data.Digest, signature)
            ? SignerOutcome<byte[]>.Of(signature)
            : SignerOutcome<byte[]>.No(SignerStatus.WrongAnswer, $"the answer is no signature of {Address} over the message");
    }

    public async Task<SignerOutcome<SignedTransaction>> SignTransactionAsync(Eip1559Transaction transaction, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("account_signTransaction", writer => TransactionJson.Write(writer, transaction, Address), cancellationToken)
            .ConfigureAwait(false);
        if (answer.Status != RpcStatus.Value)
            return Failed<SignedTransaction>(answer);
        return RpcResults.TryRead<byte[]>(answer.Result, TransactionJson.Raw, out var raw)
            && Eip1559Transaction.TryDecode(raw, out var signed, out _)
            && signed!.Sender == Address
            && signed.Transaction.EncodeUnsigned().AsSpan().SequenceEqual(transaction.EncodeUnsigned())
            ? SignerOutcome<SignedTransaction>.Of(signed)
            : SignerOutcome<SignedTransaction>.No(SignerStatus.WrongAnswer, $"the answer is not that transaction with a signature of {Address}");
    }

    Task<RpcAnswer> AskAsync(string method, Action<Utf8JsonWriter> parameters, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            parameters(writer);
            writer.WriteEndArray();
        }

        return _lane.CallAsync(method, buffer.WrittenMemory, _options.Timeout, cancellationToken);
    }

    // Brings v to 27 or 28; a high s recovers and is refused all the same, as tokens refuse it.
    bool TrySettle(Hash32 digest, byte[] signature)
    {
        if (signature.Length != PrivateKey.SignatureSize)
            return false;
        if (signature[^1] < 27)
            signature[^1] += 27;
        Span<byte> publicKey = stackalloc byte[PrivateKey.PublicKeySize];
        return signature[^1] is 27 or 28
            && UInt256.ReadBigEndian(signature.AsSpan(32, 32)) <= LowS.Max
            && Secp256k1.TryRecover(digest.ToArray(), signature.AsSpan(0, 64), signature[^1] - 27, publicKey)
            && Address.FromPublicKey(publicKey) == Address;
    }

    static SignerOutcome<T> Failed<T>(RpcAnswer answer)
        where T : class => answer.Status switch
    {
        RpcStatus.Error => SignerOutcome<T>.No(SignerStatus.Refused, $"the signer answered error {answer.Error!.Code}: {answer.Error.Message}"),
        RpcStatus.TimedOut => SignerOutcome<T>.No(SignerStatus.TimedOut, "the signer did not answer in time"),
        RpcStatus.InvalidResponse => SignerOutcome<T>.No(SignerStatus.WrongAnswer, $"the signer's answer cannot be read: {answer.Detail}"),
        _ => SignerOutcome<T>.No(SignerStatus.Unreachable, $"the signer cannot be reached: {answer.Detail ?? "no connection"}"),
    };
}
