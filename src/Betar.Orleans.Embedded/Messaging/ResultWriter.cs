using System.Collections.Concurrent;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Writes results as the type that the method declares, which is what the caller reads.</summary>
internal abstract class ResultWriter
{
    private static readonly ConcurrentDictionary<Type, ResultWriter> Writers = new();

    public static void Write(Serializer serializer, Response response, MessageWriter destination)
    {
        if (response.GetSimpleResultType() is { } type)
            Writers.GetOrAdd(type, static type => (ResultWriter)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(type))!)
                .WriteTyped(serializer, response, destination);
        else
            serializer.Serialize<object?, MessageWriter>(response.Result, destination);
    }

    protected abstract void WriteTyped(Serializer serializer, Response response, MessageWriter destination);

    private sealed class Typed<T> : ResultWriter
    {
        protected override void WriteTyped(Serializer serializer, Response response, MessageWriter destination) =>
            serializer.Serialize(response.GetResult<T>(), destination);
    }
}
