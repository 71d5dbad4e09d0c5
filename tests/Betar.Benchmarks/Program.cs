using Betar.Benchmarks.Harness;

return await BenchCommand.RunAsync(args, Console.Out, Console.Error);
