using System.Globalization;
using Betar.Fuzz;

// dotnet run --project tests/Betar.Fuzz [TARGET…] [--seconds N] [--seed N] [--replay FILE]
var names = new List<string>();
var seconds = 60;
var seed = Environment.TickCount & int.MaxValue;
string? replay = null;
for (var i = 0; i < args.Length; i++)
{
    string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");
    switch (args[i])
    {
        case "--seconds":
            seconds = int.Parse(Value(), CultureInfo.InvariantCulture);
            break;
        case "--seed":
            seed = int.Parse(Value(), CultureInfo.InvariantCulture);
            break;
        case "--replay":
            replay = Value();
            break;
        default:
            names.Add(args[i]);
            break;
    }
}

var chosen = FuzzTargets.All.Where(target => names.Count == 0 || names.Contains(target.Name)).ToList();
if (chosen.Count == 0 || chosen.Count < names.Count)
{
    Console.Error.WriteLine($"The targets are {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}.");
    return 2;
}

foreach (var target in chosen)
{
    if (replay is not null)
    {
        Console.WriteLine($"{target.Name}: {(target.Take(Corpus.Read(replay)) ? "taken" : "refused")}");
        continue;
    }

    var report = FuzzRun.Of(target, new FuzzPlan(seed) { Time = TimeSpan.FromSeconds(seconds) }, Corpus.Of(target.Name));
    Console.WriteLine($"{report.Target,-24} seed {seed}: {report.Rounds} inputs, {report.Taken} of them taken");
    if (report.Finding is { } finding)
    {
        Console.Error.WriteLine(finding);
        return 1;
    }
}

return 0;
