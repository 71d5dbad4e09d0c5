using System.Buffers.Binary;
using Betar.Ethereum;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>A channel's configuration in 140 bytes: five accounts, the delay, the salt.</summary>
internal static class ChannelConfigBytes
{
    private const int Accounts = 5;
    private const int DelayAt = Accounts * Address.Size;
    private const int SaltAt = DelayAt + sizeof(ulong);
    private const int Size = SaltAt + Hash32.Size;

    public static byte[] Write(ChannelConfig config)
    {
        var bytes = new byte[Size];
        var at = 0;
        foreach (var account in (ReadOnlySpan<Address>)[config.Payer, config.PayerAuthorizer, config.Receiver, config.ReceiverAuthorizer, config.Token])
        {
            account.CopyTo(bytes.AsSpan(at));
            at += Address.Size;
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(DelayAt), config.WithdrawDelay);
        config.Salt.CopyTo(bytes.AsSpan(SaltAt));
        return bytes;
    }

    /// <summary>Null when it is none.</summary>
    public static ChannelConfig? Read(ReadOnlySpan<byte> bytes) => bytes.Length != Size
        ? null
        : new ChannelConfig(
            Account(bytes, 0), Account(bytes, 1), Account(bytes, 2), Account(bytes, 3), Account(bytes, 4),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[DelayAt..]), new Hash32(bytes[SaltAt..]));

    private static Address Account(ReadOnlySpan<byte> bytes, int place) => new(bytes.Slice(place * Address.Size, Address.Size));
}
