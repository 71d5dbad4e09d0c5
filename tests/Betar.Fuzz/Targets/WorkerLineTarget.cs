using Betar.Agents.Processes;

namespace Betar.Fuzz.Targets;

/// <summary>A line that a worker wrote: exactly one of its four kinds, or nothing.</summary>
internal sealed class WorkerLineTarget : IFuzzTarget
{
    public string Name => "worker-line";

    public bool Take(byte[] input)
    {
        if (WorkerLine.Parse(input) is not { } line)
            return false;
        bool[] kinds = [line.Output is not null, line.Error is not null, line.Partial is not null, line.Call is not null];
        FuzzException.Unless(kinds.Count(kind => kind) == 1, "a line of several kinds");
        return true;
    }
}
