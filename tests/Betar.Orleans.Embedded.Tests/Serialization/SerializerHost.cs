using Betar.Orleans.Embedded.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.Session;

namespace Betar.Orleans.Embedded.Tests.Serialization;

/// <summary>One container with the serializer, as a test of contracts would make it.</summary>
internal static class SerializerHost
{
    private static readonly ServiceProvider Container = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static IServiceProvider Services => Container;

    public static Serializer Serializer { get; } = Container.GetRequiredService<Serializer>();

    public static DeepCopier Copier { get; } = Container.GetRequiredService<DeepCopier>();

    public static CodecProvider Codecs { get; } = Container.GetRequiredService<CodecProvider>();

    public static T RoundTrip<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value));

    /// <summary>Writes one value and reads it as another type: what two versions of a contract do.</summary>
    public static TNew Reread<TOld, TNew>(TOld value) => Serializer.Deserialize<TNew>(Serializer.SerializeToArray(value));

    /// <summary>Bytes made by hand.</summary>
    public static byte[] Write(Action<WireWriter> write)
    {
        using var session = Container.GetRequiredService<SerializerSessionPool>().GetSession();
        write(session.Writer);
        return session.Writer.Written.ToArray();
    }
}
