#nullable enable
namespace Betar.Mutants;

/// <summary>
/// Which of the mutants in this assembly is on: one, or none; named by a variable at the start, or by whoever runs the tests in between.
/// Notes what was reached when asked to.
/// </summary>
internal static class MutantSwitch
{
    public const string Variable = "BETAR_MUTANT";
    public const string RecordVariable = "BETAR_MUTANT_RECORD";
    public const int MaxMutants = 1 << 16;

    public static int Current = int.TryParse(global::System.Environment.GetEnvironmentVariable(Variable), out var number) ? number : 0;

    private static readonly bool Recording = global::System.Environment.GetEnvironmentVariable(RecordVariable) is not null;
    private static readonly bool[] Reached = new bool[Recording ? MaxMutants : 0];

    public static bool Is(int mutant)
    {
        Reach(mutant);
        return Current == mutant;
    }

    /// <summary>Called where the code of this mutant, and of those after it at the same place, begins.</summary>
    public static void Reach(int place)
    {
        if (Recording)
            Reached[place] = true;
    }

    /// <summary>The places reached since it was asked last.</summary>
    public static int[] Take()
    {
        var places = new global::System.Collections.Generic.List<int>();
        for (var place = 0; place < Reached.Length; place++)
        {
            if (Reached[place])
                places.Add(place);
            Reached[place] = false;
        }

        return places.ToArray();
    }
}
