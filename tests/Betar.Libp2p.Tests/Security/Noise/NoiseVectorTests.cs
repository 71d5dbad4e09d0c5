using System.Text.Json;
using Betar.Crypto;
using Betar.Libp2p.Security.Noise;

namespace Betar.Libp2p.Tests.Security.Noise;

/// <summary>The pattern's published vectors, of two origins, with their fixed keys.</summary>
public sealed class NoiseVectorTests
{
    [Theory]
    [InlineData("cacophony")]
    [InlineData("snow")]
    public void Every_message_has_the_bytes_of_the_vector(string origin)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Security", "Noise", "noise-xx.json")));
        var vector = Assert.Single(file.RootElement.GetProperty("vectors").EnumerateArray(), v => v.GetProperty("origin").GetString() == origin);
        byte[] Bytes(string name) => Convert.FromHexString(vector.GetProperty(name).GetString()!);
        using var initiatorLasting = X25519Key.Import(Bytes("init_static"));
        using var responderLasting = X25519Key.Import(Bytes("resp_static"));
        using var initiator = new NoiseHandshake(true, Bytes("init_prologue"), initiatorLasting, X25519Key.Import(Bytes("init_ephemeral")));
        using var responder = new NoiseHandshake(false, Bytes("resp_prologue"), responderLasting, X25519Key.Import(Bytes("resp_ephemeral")));
        var messages = vector.GetProperty("messages").EnumerateArray()
            .Select(m => (Payload: Convert.FromHexString(m.GetProperty("payload").GetString()!), Ciphertext: Convert.FromHexString(m.GetProperty("ciphertext").GetString()!)))
            .ToArray();

        for (var i = 0; i < 3; i++)
        {
            var (writer, reader) = i % 2 == 0 ? (initiator, responder) : (responder, initiator);
            var message = writer.Write(messages[i].Payload);
            Assert.Equal(messages[i].Ciphertext, message);
            Assert.Equal(messages[i].Payload, reader.Read(message));
        }

        Assert.Equal(initiator.Hash.ToArray(), responder.Hash.ToArray());
        if (vector.TryGetProperty("handshake_hash", out var hash))
            Assert.Equal(Convert.FromHexString(hash.GetString()!), initiator.Hash.ToArray());
        ExpectTransport(initiator, responder, messages);
    }

    private static void ExpectTransport(NoiseHandshake initiator, NoiseHandshake responder, (byte[] Payload, byte[] Ciphertext)[] messages)
    {
        var (left, leftIn) = initiator.Split();
        var (right, rightIn) = responder.Split();
        for (var i = 3; i < messages.Length; i++)
        {
            var (send, receive) = i % 2 == 0 ? (left, rightIn) : (right, leftIn);
            var message = new byte[messages[i].Payload.Length + NoiseCipher.TagSize];
            send.Encrypt([], messages[i].Payload, message);
            Assert.Equal(messages[i].Ciphertext, message);
            Assert.True(receive.TryDecrypt([], message, message));
            Assert.Equal(messages[i].Payload, message[..^NoiseCipher.TagSize]);
        }
    }
}
