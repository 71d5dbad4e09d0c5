using System.Text;
using Betar.Orleans.Embedded.Serialization;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization.Hostile;

/// <summary>Messages that no writer would write.</summary>
internal static class HandMade
{
    public static void Refused<T>(string because, byte[] bytes)
    {
        var exception = Assert.Throws<SerializerException>(() => SerializerHost.Serializer.Deserialize<T>(bytes));
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
    }

    public static byte[] Typed(string name) => SerializerHost.Write(writer =>
    {
        writer.Take(1)[0] = ((int)WireType.VarInt << 5) | 16;
        writer.WriteVarUInt((ulong)Encoding.UTF8.GetByteCount(name) << 1);
        Encoding.UTF8.GetBytes(name).CopyTo(writer.Take(name.Length));
        writer.WriteVarUInt(0);
    });

    public static byte[] Reference(ulong target) => SerializerHost.Write(writer =>
    {
        writer.WriteHeader(WireType.Reference, 0);
        writer.WriteVarUInt(target);
    });

    public static byte[] Map(params string?[] keys) => SerializerHost.Write(writer =>
    {
        writer.BeginObject(0);
        writer.WriteUInt64(0, 0);
        writer.WriteUInt64(0, (ulong)keys.Length);
        foreach (var key in keys)
        {
            writer.WriteString(0, key);
            writer.WriteInt32(0, 1);
        }

        writer.EndObject();
    });
}
