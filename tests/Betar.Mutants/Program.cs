using System.Globalization;
using Betar.Mutants.Running;

// After ./test has built:  dotnet run --project tests/Betar.Mutants [--count N] [--seed N] [--in PART-OF-A-PATH] [--without TEST-PROJECT]
if (args is [TestHost.Verb, var assembly, var classes, .. var record])
    return TestHost.Run(assembly, classes, record.FirstOrDefault());
if (args is [TestHost.ServingVerb, var served])
    return TestHost.Serve(served, Console.In, Console.Out);

var count = 20;
var seed = Environment.TickCount & int.MaxValue;
var part = "";
var without = "none";
for (var i = 0; i < args.Length; i += 2)
{
    var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.");
    switch (args[i])
    {
        case "--count":
            count = int.Parse(value, CultureInfo.InvariantCulture);
            break;
        case "--seed":
            seed = int.Parse(value, CultureInfo.InvariantCulture);
            break;
        case "--in":
            part = value;
            break;
        case "--without":
            without = value;
            break;
        default:
            throw new ArgumentException($"--count, --seed, --in and --without are known, not {args[i]}.");
    }
}

using var run = MutantRun.Prepare(Console.Out, without);
var trials = new List<Trial>();
foreach (var mutant in run.Some(seed, int.MaxValue).Where(mutant => mutant.File.Contains(part, StringComparison.Ordinal)).Take(count))
{
    var trial = run.Try(mutant);
    trials.Add(trial);
    Console.WriteLine($"{trial.Verdict} {mutant} {trial.By}");
}

var report = new MutantReport(seed, trials);
foreach (var survivor in report.Survivors)
    Console.WriteLine(survivor);
Console.WriteLine(report.Summary);
return 0;
