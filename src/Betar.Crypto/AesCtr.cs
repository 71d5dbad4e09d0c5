using System.Security.Cryptography;

namespace Betar.Crypto;

/// <summary>AES in counter mode with a counter of 16 bytes, most significant first. Encrypting twice gives the text back.</summary>
public static class AesCtr
{
    public const int CounterSize = 16;

    public static void Transform(ReadOnlySpan<byte> key, ReadOnlySpan<byte> counter16, ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (counter16.Length != CounterSize)
        {
            throw new ArgumentException("The first counter has 16 bytes.", nameof(counter16));
        }

        if (output.Length != input.Length)
        {
            throw new ArgumentException("As many bytes go out as come in.", nameof(output));
        }

        Span<byte> counter = stackalloc byte[CounterSize];
        Span<byte> pad = stackalloc byte[CounterSize];
        counter16.CopyTo(counter);
        using var aes = Aes.Create();
        aes.SetKey(key);
        try
        {
            for (var at = 0; at < input.Length; at += CounterSize)
            {
                aes.EncryptEcb(counter, pad, PaddingMode.None);
                var length = Math.Min(CounterSize, input.Length - at);
                for (var i = 0; i < length; i++)
                {
                    output[at + i] = (byte)(input[at + i] ^ pad[i]);
                }

                Increment(counter);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pad);
        }
    }

    private static void Increment(Span<byte> counter)
    {
        for (var i = counter.Length - 1; i >= 0; i--)
        {
            counter[i] = unchecked((byte)(counter[i] + 1));
            if (counter[i] != 0)
            {
                return;
            }
        }
    }
}
