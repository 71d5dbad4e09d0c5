using System.Diagnostics;

namespace Betar.Fuzz;

/// <summary>Tries inputs on one target until the plan ends or something is found: an exception, too much memory, too much time.</summary>
internal static class FuzzRun
{
    private const int Chances = 3;

    public static FuzzReport Of(IFuzzTarget target, FuzzPlan plan, IEnumerable<byte[]> corpus)
    {
        var mutator = new Mutator(plan.Seed, corpus, plan.MaxLength);
        var started = Stopwatch.GetTimestamp();
        var taken = 0L;

        // The corpus as it stands comes first: it holds what once went wrong. Twice, since the first time pays for what is set up once.
        foreach (var input in mutator.Pool.Concat(mutator.Pool).ToList())
        {
            if (Fault(target, plan, input, measured: false, ref taken) is { } fault)
                return new FuzzReport(target.Name, 0, taken, new FuzzFinding(target.Name, plan.Seed, -1, input, fault));
        }

        for (var round = 0L; round < plan.Rounds; round++)
        {
            if (plan.Time is { } time && Stopwatch.GetElapsedTime(started) > time)
                return new FuzzReport(target.Name, round, taken, null);
            var input = mutator.Next();
            var before = taken;
            if (Fault(target, plan, input, measured: true, ref taken) is { } fault)
                return new FuzzReport(target.Name, round, taken, new FuzzFinding(target.Name, plan.Seed, round, input, fault));
            if (taken > before)
                mutator.Keep(input);
        }

        return new FuzzReport(target.Name, plan.Rounds, taken, null);
    }

    private static string? Fault(IFuzzTarget target, FuzzPlan plan, byte[] input, bool measured, ref long taken)
    {
        for (var chance = 1; ; chance++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            try
            {
                if (target.Take(input) && chance == 1)
                    taken++;
            }
            catch (Exception thrown)
            {
                return thrown.ToString();
            }

            var elapsed = Stopwatch.GetElapsedTime(started);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var fault = !measured ? null
                : allocated > target.MemoryBound(input.Length) ? $"{allocated} bytes allocated for {input.Length}, {target.MemoryBound(input.Length)} allowed"
                : elapsed > plan.TimeBound ? $"{elapsed.TotalMilliseconds:0} ms, {plan.TimeBound.TotalMilliseconds:0} allowed"
                : null;
            if (fault is null || chance == Chances)
                return fault;
        }
    }
}
