using Xunit.Abstractions;

namespace Betar.Mutants.Running;

internal sealed class Silence : IMessageSink
{
    public bool OnMessage(IMessageSinkMessage message) => true;
}
