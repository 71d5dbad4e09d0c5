using Betar.Benchmarks;
using Betar.Benchmarks.Harness;

return args is [ChildProcess.Verb, var child] && Benches.Children.ContainsKey(child)
    ? await ChildProcess.ServeAsync(child, Console.Out)
    : await BenchCommand.RunAsync(args, Console.Out, Console.Error);
