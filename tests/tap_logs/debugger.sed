# What debuggers put around a line: a time stamp, a number, another component between.
1i Microsoft (R) Windows Debugger Version 10.0
1i Connected to Windows 10 Kernel Debug Target
5a IPv6: interface 3 is up
9a nt!DbgBreakPointWithStatus:
20a \x00
1~3s/^/00000012\t0.00012345\t[4.128] /
2~3s/^/1: kd> /
3~4s/$/\r/
