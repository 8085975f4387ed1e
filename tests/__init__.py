"""Tests of 年报助手; files mirror the modules they test."""
