using System.Security.Cryptography;
using System.Text;
using Betar.Crypto;

namespace Betar.Agents.Builtin;

/// <summary>Answers with the hash of its input's UTF-8 bytes, in lower-case hexadecimal digits.</summary>
internal sealed class HashExecutor(BuiltinSettings settings) : IExecutor
{
    public const string Name = "hash";

    private static readonly UTF8Encoding s_whole = new(false, throwOnInvalidBytes: true);

    public bool IsIdempotent => true;

    public ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            bytes = s_whole.GetBytes(request.Input);
        }
        catch (EncoderFallbackException)
        {
            return ValueTask.FromResult(ExecutionOutcome.Failed(ExecutionCodes.TaskRefused, "The text is not made of whole characters."));
        }
        byte[] hash = settings.Algorithm switch
        {
            "sha512" => SHA512.HashData(bytes),
            "keccak256" => Keccak256.Hash(bytes),
            _ => SHA256.HashData(bytes),
        };
        return ValueTask.FromResult(ExecutionOutcome.Ok(Convert.ToHexStringLower(hash)));
    }
}
